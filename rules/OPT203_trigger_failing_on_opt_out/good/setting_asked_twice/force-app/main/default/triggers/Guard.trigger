trigger Guard on Contact (before update) {
    if (Switch__c.getValues('Contact') != null) {
        Boolean on = Switch__c.getValues('Contact').Active__c;
    }
}
