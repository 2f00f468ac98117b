trigger Guard on Contact (before update) {
    Map<Id, Contact> people = new Map<Id, Contact>();
    List<Case> cases = [SELECT Id, ContactId FROM Case WHERE ContactId IN :Trigger.newMap.keySet()];
    for (Case one : cases) {
        people.put(one.Id, Trigger.newMap.get(one.ContactId));
    }
    try {
        update cases;
        throw new DmlException();
    } catch (DmlException problem) {
        for (Case one : cases) {
            people.get(one.Id).addError(problem.getMessage());
        }
    }
}
