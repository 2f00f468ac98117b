trigger Guard on Contact (before update) {
    Organization here = [SELECT IsSandbox FROM Organization LIMIT 1];
}
