trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        try {
            if (person.HasOptedOutOfEmail != person.HasOptedOutOfEmail) {
                throw new GuardException('Ask the owner first.');
            }
        } catch (GuardException problem) {
            person.addError(problem.getMessage());
            throw problem;
        }
    }
}
