trigger Guard on Contact (before update) {
    List<Group> team = [SELECT Id FROM Group WHERE Name = 'Mail' LIMIT 1];
}
