"""Pages of goals, their initiatives and the roadmap."""
