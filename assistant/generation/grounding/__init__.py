"""From sentences that somebody else wrote to what a page proves of them."""
