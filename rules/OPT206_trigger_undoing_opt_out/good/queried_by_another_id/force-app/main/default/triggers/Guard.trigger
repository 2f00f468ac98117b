trigger Guard on Contact (after update) {
    List<Contact> people = [SELECT Id, HasOptedOutOfEmail FROM Contact WHERE ReportsToId = null AND Id NOT IN :Trigger.newMap.keySet()];
    for (Contact person : people) {
        person.HasOptedOutOfEmail = false;
    }
    update people;
}
