"""The calendar as a file: taking it out, bringing one in, and the feed that others subscribe to."""
