trigger Guard on Contact (after update) {
    List<Contact> people = [SELECT Id, HasOptedOutOfEmail FROM Contact WHERE Id IN :Trigger.newMap.keySet()];
    for (Contact person : people) {
        person.HasOptedOutOfEmail = false;
    }
    update people;
}
