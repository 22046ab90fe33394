"""What a run gives: monthly paths, outcomes, and the record that holds them."""
