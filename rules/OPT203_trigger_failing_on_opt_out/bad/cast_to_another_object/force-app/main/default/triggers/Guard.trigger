trigger Guard on Contact (before update) {
    SObject first = Trigger.new[0];
    Object other = (Lead) first;
}
