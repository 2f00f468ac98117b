trigger Guard on Contact (before update) {
    for (Contact person : Trigger.new) {
        Integer open = Counts.cases() + Counts.tasks();
    }
}
