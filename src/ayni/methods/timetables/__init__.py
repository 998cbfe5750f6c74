"""The timetable of an exchange round: who meets whom in which slot and room. See docs/methods/timetables.md."""
