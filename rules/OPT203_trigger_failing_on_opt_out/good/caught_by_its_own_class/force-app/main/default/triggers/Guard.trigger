trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        try {
            if (person.HasOptedOutOfEmail) {
                throw new GuardException('No.');
            }
        } catch (Exception problem) {
            System.debug(problem);
        }
    }
}
