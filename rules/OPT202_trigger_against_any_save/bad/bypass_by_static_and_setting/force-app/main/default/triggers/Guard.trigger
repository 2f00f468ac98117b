trigger Guard on Contact (before update) {
    if (Bypass.on || Guard_Settings__c.getInstance().Off__c) {
        return;
    }
    if (!Test.isRunningTest()) {
        Trigger.new[0].addError('Not today.');
    }
}
