"""Many runs at once, for a notebook."""
