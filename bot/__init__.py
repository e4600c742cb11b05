"""The channels: everything that touches the world."""
