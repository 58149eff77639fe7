"""Reviews: what verified buyers say of a product, and the averages kept of it."""
