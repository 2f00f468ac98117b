trigger Guard on Contact (before update) {
    Group team = [SELECT Id FROM Group WHERE Name = 'Mail' LIMIT 1];
}
