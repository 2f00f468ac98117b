trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        try {
            if (person.Title == 'Blocked') {
                throw new GuardException('Blocked.');
            }
        } catch (GuardException problem) {
            person.addError(problem.getMessage());
        }
    }
}
