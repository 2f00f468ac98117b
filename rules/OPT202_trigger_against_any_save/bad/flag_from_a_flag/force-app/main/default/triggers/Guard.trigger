trigger Guard on Contact (before update) {
    Boolean first = false;
    Boolean second = false;
    for (Case one : [SELECT Id FROM Case WHERE ContactId IN :Trigger.newMap.keySet()]) {
        if (first) {
            second = true;
        }
        first = true;
    }
    if (second) {
        Trigger.new[0].addError('More than one case.');
    }
}
