"""What the sector claims of sector-led improvement, put to the model claim by claim: `sli knockout`."""
