"""Moving goods in and out: Shopify's product CSV, read and written."""
