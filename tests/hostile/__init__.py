"""Files and words made to harm: refused in a sentence, soon, in little memory, or harmless."""
