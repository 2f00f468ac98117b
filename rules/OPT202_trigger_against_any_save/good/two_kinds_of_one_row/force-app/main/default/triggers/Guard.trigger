trigger Guard on Contact (before update) {
    List<Case> urgent = new List<Case>();
    List<Case> calm = new List<Case>();
    for (Case one : [SELECT Priority FROM Case WHERE ContactId IN :Trigger.newMap.keySet()]) {
        if (one.Priority == 'High') {
            urgent.add(one);
        }
        if (one.Priority == 'Low') {
            calm.add(one);
        }
    }
    if (!urgent.isEmpty() && !calm.isEmpty() && calm[0].Priority == 'Medium') {
        Trigger.new[0].addError('Close the calm ones first.');
    }
}
