trigger Guard on Contact (before update) {
    Map<Id, Contact> others = new Map<Id, Contact>([SELECT Title, Department FROM Contact]);
    for (Contact changed : Trigger.new) {
        Contact boss = others.get(changed.ReportsToId);
        Contact deputy = others.get(changed.Deputy__c);
        if (boss != null && deputy != null && boss.Department == 'Sales' && deputy.Department == 'Service') {
            changed.addError('Their deputy is of another department.');
        }
    }
}
