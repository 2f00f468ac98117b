trigger Guard on Contact (before update) {
    List<String> steps = new List<String>{ 'b', 'a' };
    steps.sort();
    if (steps[0] == 'a') {
        Trigger.new[0].addError('Blocked.');
    }
}
