trigger Guard on Contact (before update) {
    Map<Id, Integer> cases = new Map<Id, Integer>();
    for (AggregateResult row : [SELECT ContactId who, COUNT(Id) many FROM Case WHERE ContactId IN :Trigger.newMap.keySet() GROUP BY ContactId]) {
        cases.put((Id) row.get('who'), (Integer) row.get('many'));
    }
    for (Contact person : Trigger.new) {
        if (cases.get(person.Id) > 0) {
            person.addError('There are cases.');
        }
    }
}
