"""The pages for people; each module reads what its page shows and answers in every form that the page has."""
