trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        Boolean likeMail = Pattern.matches('[^@]+@.+', person.LastName);
        if ((likeMail && person.Title == null) || (!likeMail && person.Title == null && person.Level__c != 'A')) {
            person.addError('A title is needed.');
        }
    }
}
