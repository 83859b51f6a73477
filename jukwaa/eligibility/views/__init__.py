"""The pages of the self-check and of the governance statement."""
