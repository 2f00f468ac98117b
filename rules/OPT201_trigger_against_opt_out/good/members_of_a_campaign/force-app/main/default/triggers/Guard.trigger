trigger Guard on CampaignMember (before update) {
    for (CampaignMember member : Trigger.new) {
        if (member.HasOptedOutOfEmail && Trigger.oldMap.get(member.Id).HasOptedOutOfEmail == false) {
            member.addError('Ask the owner first.');
        }
    }
}
