trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        try {
            if (person.HasOptedOutOfEmail) {
                throw new GuardException('No.');
            }
        } catch (GuardException problem) {
            System.debug(problem);
            throw problem;
        }
    }
}
