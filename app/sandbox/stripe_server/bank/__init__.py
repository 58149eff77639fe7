"""What the sandbox does with money: the state machines of Stripe's objects, one verb per function.

Each function runs inside one `store.change()`, changes objects, and announces what happened; a refusal is an
`ApiError`, raised before anything was changed or, for a declined card, after the try was written down.
"""
