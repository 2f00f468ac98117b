trigger Guard on Contact (before update) {
    for (Integer i = 0; i < Trigger.new.size(); i++) {
        if (Trigger.new[i].No_Mail__c != Trigger.old[i].No_Mail__c) {
            Trigger.new[i].HasOptedOutOfEmail = Trigger.new[i].No_Mail__c;
        } else if (Trigger.new[i].HasOptedOutOfEmail != Trigger.old[i].HasOptedOutOfEmail) {
            Trigger.new[i].No_Mail__c = Trigger.new[i].HasOptedOutOfEmail;
        }
    }
}
