"""What the applicant sees on the second screen."""
