trigger Guard on Subscription__c (after insert, after update) {
    new SubscriptionHandler().run();
}
