trigger Guard on Contact (before update) {
    if (Guard_Settings__c.getInstance().Active__c) {
        Map<String, Contact> byEmail = new Map<String, Contact>();
        for (Contact other : [SELECT Id, Email FROM Contact]) {
            byEmail.put(other.Email, other);
        }
        for (Contact person : Trigger.new) {
            if (person.Email != null && byEmail.containsKey(person.Email)) {
                person.Email.addError('There is such a contact.');
            }
        }
    }
}
