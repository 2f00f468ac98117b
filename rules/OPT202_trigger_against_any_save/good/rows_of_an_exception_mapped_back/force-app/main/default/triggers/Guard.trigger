trigger Guard on Contact (before update) {
    Map<Id, Contact> people = new Map<Id, Contact>();
    List<Case> cases = [SELECT Id, ContactId FROM Case WHERE ContactId IN :Trigger.newMap.keySet()];
    for (Case one : cases) {
        people.put(one.Id, Trigger.newMap.get(one.ContactId));
    }
    try {
        update cases;
    } catch (DmlException problem) {
        for (Integer i = 0; i < problem.getNumDml(); i++) {
            people.get(problem.getDmlId(i)).addError(problem.getDmlMessage(i));
        }
    }
}
