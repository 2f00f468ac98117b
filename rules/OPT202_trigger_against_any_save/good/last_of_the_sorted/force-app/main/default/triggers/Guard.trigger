trigger Guard on Contact (before update) {
    List<String> steps = new List<String>{ 'b', 'a' };
    steps.sort();
    if (steps[1] == 'a') {
        Trigger.new[0].addError('Blocked.');
    }
}
