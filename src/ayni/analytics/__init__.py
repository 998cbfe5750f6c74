"""What all the records say together: a typed snapshot, its marts and cubes, without a framework."""
