"""The exchange: what is offered meets what is asked for."""
