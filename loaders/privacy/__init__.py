"""Personal data in documents: found by rules, judged by a person, removed before anything is stored."""
