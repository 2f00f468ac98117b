trigger Guard on Contact (before update) {
    try {
        for (Contact person : Trigger.new) {
            if (person.Title == 'Blocked') {
                throw new GuardException('Blocked.');
            }
        }
    } catch (GuardException problem) {
        System.debug(problem);
    }
}
