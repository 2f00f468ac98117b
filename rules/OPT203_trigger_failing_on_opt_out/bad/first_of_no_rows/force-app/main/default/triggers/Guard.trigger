trigger Guard on Contact (before update) {
    Id team = [SELECT Id FROM Group WHERE Name = 'Mail' LIMIT 1][0].Id;
}
