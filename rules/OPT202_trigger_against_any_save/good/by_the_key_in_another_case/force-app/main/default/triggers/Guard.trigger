trigger Guard on Contact (before update) {
    Map<String, Boolean> blocked = new Map<String, Boolean>{ 'Title' => true };
    for (Contact person : Trigger.new) {
        if (blocked.containsKey('TITLE') && person.Title == 'Blocked') {
            person.addError('Blocked.');
        }
    }
}
