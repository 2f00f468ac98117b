trigger Guard on Contact (before update) {
    Map<Id, Case> latest = new Map<Id, Case>();
    for (Case one : [SELECT Id, ContactId, Status FROM Case WHERE ContactId IN :Trigger.newMap.keySet()]) {
        latest.put(one.ContactId, one);
    }
    for (Contact person : Trigger.new) {
        String status = latest.get(person.Id).Status.trim();
    }
}
