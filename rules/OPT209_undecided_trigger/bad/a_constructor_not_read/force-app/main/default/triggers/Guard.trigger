trigger Guard on Contact (before update) {
    new Checks(Trigger.new, 1);
}
