"""What a subcommand says when it cannot do what it is for."""


class Refused(Exception):
    """The message is one sentence for the person at the keyboard."""
