"""The pages of persons (人员): who somebody is, what is known of them, what they get."""
