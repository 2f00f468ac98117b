trigger Guard on Contact (before update) {
    List<Pair> pairs = new List<Pair>();
    for (Contact person : Trigger.new) {
        pairs.add(new Pair(person, Trigger.oldMap.get(person.Id)));
    }
    for (Pair pair : pairs) {
        if (pair.optsOut()) {
            pair.now.addError('Ask the owner first.');
        }
    }
}
